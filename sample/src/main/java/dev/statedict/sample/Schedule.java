package dev.statedict.sample;

/** How the learning rate changes as training goes on. */
enum Schedule {
    /** It stays as it is. */
    CONSTANT {
        @Override
        double rate(double initial, int epoch, int epochs) {
            return initial;
        }
    },

    /** It falls from the initial rate to 0 along half a cosine, as {@code torch.optim.lr_scheduler.CosineAnnealingLR}. */
    COSINE {
        @Override
        double rate(double initial, int epoch, int epochs) {
            return initial * (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
        }
    };

    /**
     * The learning rate of an epoch; it needs no state, for it depends on nothing else.
     *
     * @param initial of the first epoch
     * @param epoch from 0
     * @param epochs how many there are
     */
    abstract double rate(double initial, int epoch, int epochs);
}
