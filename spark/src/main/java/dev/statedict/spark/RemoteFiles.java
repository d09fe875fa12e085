package dev.statedict.spark;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of one directory of a file system that Hadoop knows: {@code hdfs}, {@code s3a}, {@code abfs}, {@code file} and others. */
final class RemoteFiles {
    private static final String UNFINISHED = ".part";

    private final FileSystem system;
    private final Path directory;

    private RemoteFiles(FileSystem system, Path directory) {
        this.system = system;
        this.directory = directory;
    }

    static RemoteFiles of(Path directory, Configuration configuration) throws IOException {
        FileSystem system = directory.getFileSystem(configuration);
        return new RemoteFiles(system, directory);
    }

    /** The sizes of finished files by name; empty where there is no directory. */
    Map<String, Long> list() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        if (system.exists(directory)) {
            for (FileStatus status : system.listStatus(directory)) {
                String name = status.getPath().getName();
                if (status.isFile() && !name.endsWith(UNFINISHED)) {
                    files.put(name, status.getLen());
                }
            }
        }
        return files;
    }

    /** Puts a file there, which is seen when it is whole; one of its name is replaced. */
    void upload(java.nio.file.Path local, String name) throws IOException {
        system.mkdirs(directory);
        Path target = new Path(directory, name);
        Path unfinished = new Path(directory, "." + name + UNFINISHED);
        system.copyFromLocalFile(false, true, new Path(local.toUri()), unfinished);
        if (!system.rename(unfinished, target)) {
            system.delete(target, false); // most file systems do not rename to a name that is taken
            if (!system.rename(unfinished, target)) {
                throw new IOException("cannot rename " + unfinished + " to " + target);
            }
        }
    }

    void download(String name, java.nio.file.Path local) throws IOException {
        system.copyToLocalFile(false, new Path(directory, name), new Path(local.toUri()), true);
    }

    void delete(String name) throws IOException {
        system.delete(new Path(directory, name), false);
    }

    /** Deletes what a driver that died had begun. */
    void deleteUnfinished() throws IOException {
        if (system.exists(directory)) {
            for (FileStatus status : system.listStatus(directory)) {
                if (status.getPath().getName().endsWith(UNFINISHED)) {
                    system.delete(status.getPath(), false);
                }
            }
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
