/** Networks made of another jar's layers. */
module com.example.networks {
    requires transitive com.example.layers;

    exports com.example.networks;
}
