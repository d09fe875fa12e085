/**
 * The {@code statedict} command: looks into checkpoint files, compares, converts and checks them. A class for each
 * subcommand, on the runtime's public API; nothing that a file says is executed.
 */
@NullMarked
package dev.statedict.cli;

import org.jspecify.annotations.NullMarked;
