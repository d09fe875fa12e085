/** Layers, and what networks have in common. */
module com.example.layers {
    requires transitive dev.statedict;

    exports com.example.layers;
}
