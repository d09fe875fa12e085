/** An application. */
module com.example {
    requires dev.statedict;
}
