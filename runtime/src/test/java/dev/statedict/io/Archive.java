package dev.statedict.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds archives as torch.save does, or nearly so. */
final class Archive {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String folder;
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /** An archive of a pickle, given as characters that are bytes, without storages. */
    static byte[] of(String pickle) {
        return new Archive().stored("archive/data.pkl", latin1(pickle)).bytes();
    }

    Archive stored(String name, byte[] content) {
        if (name.endsWith("data.pkl")) {
            folder = name.substring(0, name.length() - "data.pkl".length());
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        return add(entry, content);
    }

    Archive deflated(String name, byte[] content) {
        folder = name.substring(0, name.indexOf('/') + 1);
        return add(new ZipEntry(name), content);
    }

    private Archive add(ZipEntry entry, byte[] content) {
        try {
            entry.setLastModifiedTime(FileTime.fromMillis(0));
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The archive, with a version, which PyTorch asks for, beside its pickle. */
    byte[] bytes() {
        return folder == null
                ? bytesWithoutVersion()
                : stored(folder + "version", latin1("3\n")).bytesWithoutVersion();
    }

    byte[] bytesWithoutVersion() {
        try {
            zip.close();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static byte[] latin1(String characters) {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }
}
