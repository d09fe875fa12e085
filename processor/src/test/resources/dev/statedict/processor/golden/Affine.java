package golden;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** A record: read through its accessors, never assigned. */
@StateModule
public record Affine(@Parameter("A") Tensor matrix, @Parameter("b") Tensor offset, Normalization norm)
        implements AffineState {}
