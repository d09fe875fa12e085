/** Opens nothing and exports nothing. */
module com.example.application {
    requires com.example.layers;
    requires com.example.networks;
}
