package dev.statedict.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5) with a backtracking line
 * search. It suits a cluster, for it takes few passes: a function value and a gradient each. All arithmetic is in one order, in double.
 */
final class LimitedMemoryBfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4;
    private static final int MOST_HALVINGS = 20;

    private final Objective objective;
    private final double tolerance;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private int iterations;

    /** A function. */
    @FunctionalInterface
    interface Objective {
        /** The value at a point; the gradient is written to the given array. */
        double evaluate(double[] point, double[] gradient);
    }

    /** A step and how the gradient changed along it. */
    private record Pair(double[] step, double[] change, double curvature) {}

    LimitedMemoryBfgs(Objective objective, double tolerance) {
        this.objective = objective;
        this.tolerance = tolerance;
    }

    /** The best point found from a first one on, after so many iterations at most. */
    double[] minimize(double[] start, int mostIterations) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = objective.evaluate(point, gradient);
        while (iterations < mostIterations) {
            double[] direction = direction(gradient);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                pairs.clear(); // rounding has spoilt what is remembered
                direction = direction(gradient);
                slope = dot(direction, gradient);
                if (!(slope < 0)) {
                    return point;
                }
            }
            double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double[] next = new double[point.length];
            double[] nextGradient = new double[point.length];
            double nextValue = Double.NaN;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++, length /= 2) {
                for (int i = 0; i < next.length; i++) {
                    next[i] = point[i] + length * direction[i];
                }
                nextValue = objective.evaluate(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * length * slope) {
                    break;
                }
            }
            if (halvings == MOST_HALVINGS) {
                return point;
            }
            iterations++;
            remember(point, next, gradient, nextGradient);
            double improvement = value - nextValue;
            double scale = Math.max(Math.max(Math.abs(value), Math.abs(nextValue)), 1e-6);
            point = next;
            gradient = nextGradient;
            value = nextValue;
            if (improvement <= tolerance * scale) {
                return point;
            }
        }
        return point;
    }

    /** How many steps were made so far. */
    int iterations() {
        return iterations;
    }

    private void remember(double[] point, double[] next, double[] gradient, double[] nextGradient) {
        double[] step = new double[point.length];
        double[] change = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            step[i] = next[i] - point[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(step, change);
        if (curvature > 1e-12 * dot(change, change)) {
            pairs.addLast(new Pair(step, change, curvature));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }

    private double[] direction(double[] gradient) {
        double[] direction = new double[gradient.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -gradient[i];
        }
        double[] shares = new double[pairs.size()];
        int at = 0;
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); at++) {
            Pair pair = newest.next();
            shares[at] = dot(pair.step, direction) / pair.curvature;
            addScaled(direction, -shares[at], pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            double scale = newest.curvature / dot(newest.change, newest.change);
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            double share = dot(pair.change, direction) / pair.curvature;
            addScaled(direction, shares[--at] - share, pair.step);
        }
        return direction;
    }

    private static void addScaled(double[] target, double factor, double[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * other[i];
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
