package dev.statedict.io.zip;

/**
 * A record of a ZIP archive.
 *
 * @param name its name
 * @param header where its local header begins
 * @param position where its bytes begin
 * @param length how many lie there
 * @param crc32 the CRC-32 of its content
 * @param isPlain whether its bytes are its content as it is
 * @param isDeflated whether they are its content deflated
 * @param contentLength the number of bytes of its content, as the archive says
 */
public record ZipRecord(
        String name,
        long header,
        long position,
        long length,
        long crc32,
        boolean isPlain,
        boolean isDeflated,
        long contentLength) {
    /** {@return whether the sum was computed: 0 says that it was not, as by {@code torch.serialization.set_crc32_options(False)}} */
    public boolean isSummed() {
        return crc32 != 0;
    }
}
