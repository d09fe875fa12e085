/**
 * Internal: files on servers. Ranges of one are asked for, told from what else a server may answer, and read, again and again
 * where the connection breaks off or nothing comes. The module does not export it, and loads none of it without
 * {@code java.net.http}.
 */
@NullMarked
package dev.statedict.io.http;

import org.jspecify.annotations.NullMarked;
