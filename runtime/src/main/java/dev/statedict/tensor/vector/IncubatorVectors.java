package dev.statedict.tensor.vector;

import dev.statedict.tensor.access.Matrix;
import dev.statedict.tensor.access.Vectors;
import jdk.incubator.vector.FloatVector;

/** By the incubating module {@code jdk.incubator.vector}. */
public final class IncubatorVectors implements Vectors {
    /**
     * Finds out whether vectors help here.
     *
     * @throws UnsupportedOperationException if the processor has none of 256 bits; they would be objects then
     */
    public IncubatorVectors() {
        if (FloatVector.SPECIES_PREFERRED.length() < Tile.LANES) {
            throw new UnsupportedOperationException("no vectors of " + Tile.LANES + " floats");
        }
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix out) {
        // where the rows of b do not lie side by side, the smaller of both is laid out
        if (b.across() != 1 && b.columns() > a.rows()) {
            new Product(b.transpose(), a.transpose(), out.transpose()).compute();
        } else {
            new Product(a, b, out).compute();
        }
    }
}
