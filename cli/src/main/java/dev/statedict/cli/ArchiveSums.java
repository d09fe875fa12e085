package dev.statedict.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The sums of an archive's records, CRC-32, which a {@code .pt} keeps. The reader checks that of a storage which one tensor
 * fills; here all are, whatever lies in them.
 */
final class ArchiveSums {
    private static final int LOCAL_HEADER = 0x504b0304;

    private ArchiveSums() {}

    static boolean areIn(Path file) throws IOException {
        try (DataInputStream stream = new DataInputStream(Files.newInputStream(file))) {
            return Files.size(file) >= Integer.BYTES && stream.readInt() == LOCAL_HEADER;
        }
    }

    /** Reads every record, and answers how many have a sum. PyTorch writes 0 where it was told not to compute one. */
    static int check(Path file, Progress progress) throws IOException, InputException {
        int count = 0;
        byte[] buffer = new byte[1 << 16];
        try (ZipFile archive = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = archive.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                CRC32 sum = new CRC32();
                try (InputStream stream = archive.getInputStream(entry)) {
                    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                        sum.update(buffer, 0, read);
                        progress.add(read);
                    }
                }
                if (entry.getCrc() == 0) {
                    continue;
                }
                if (entry.getCrc() != sum.getValue()) {
                    throw new InputException(String.format(
                            "%s: the record %s has CRC-32 %08x, expected %08x; fetch or save the file anew",
                            file, entry.getName(), sum.getValue(), entry.getCrc()));
                }
                count++;
            }
        }
        return count;
    }
}
