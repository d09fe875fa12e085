package dev.statedict.cli;

/** What the user gave will not do. The message is one line and says what to do. */
final class InputException extends Exception {
    private static final long serialVersionUID = 1;

    InputException(String message) {
        super(message);
    }
}
