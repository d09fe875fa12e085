package dev.statedict.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A cluster of a test's own: threads of this process, or two executors in processes of theirs. */
final class Cluster implements AutoCloseable {
    static final String ONE_THREAD = "local[1]";
    static final String TWO_THREADS = "local[2]";
    static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";

    final SparkSession session;
    final JavaSparkContext context;

    private Cluster(SparkSession session) {
        this.session = session;
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    /** Starts one, with settings as pairs of name and value. */
    static Cluster start(String master, String... settings) {
        try {
            // executors in processes are started from there
            Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setAppName("statedict")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.sql.shuffle.partitions", "4")
                .set("spark.sql.warehouse.dir", "target/warehouse")
                .set("spark.local.dir", "target/spark-local")
                .set("spark.network.timeout", "300s")
                .set("spark.storage.blockManagerSlaveTimeoutMs", "300000");
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return new Cluster(SparkSession.builder().config(conf).getOrCreate());
    }

    @Override
    public void close() {
        session.stop();
    }
}
