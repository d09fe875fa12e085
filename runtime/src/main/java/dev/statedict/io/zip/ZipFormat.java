package dev.statedict.io.zip;

/** The marks and sizes of the parts of a ZIP archive. */
public final class ZipFormat {
    /** How a record begins, and so an archive that has one. */
    public static final int LOCAL_HEADER = 0x04034b50;

    static final int CENTRAL_HEADER = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END_64 = 0x06064b50;
    static final int LOCATOR_64 = 0x07064b50;

    /** The fixed part of a local header. */
    public static final int LOCAL_HEADER_BYTES = 30;

    static final int CENTRAL_HEADER_BYTES = 46;
    /** The end of an archive without a comment. */
    public static final int END_BYTES = 22;

    static final int END_64_BYTES = 56;
    static final int LOCATOR_64_BYTES = 20;

    /** The extra field for numbers that do not fit elsewhere. */
    static final int EXTRA_64 = 1;

    /** The largest number of four bytes, and of two: where it stands the number may be elsewhere. */
    static final long UINT = 0xffffffffL;

    static final int USHORT = 0xffff;

    private ZipFormat() {}
}
