package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of one type as those of another, exactly or not at all. */
final class Conversion {
    private Conversion() {}

    /** All elements in row-major order in an array of a type, or an exception that names the method that is exact. */
    static <A> A array(Tensor tensor, ElementType target, A elements) {
        return exactly(tensor, target, elements, "call " + tensor.elementType().arrayGetter + "()");
    }

    /** A contiguous tensor of a type with the same values, or an exception that names index, value and mend. */
    static Tensor copy(Tensor tensor, ElementType target, String mend) {
        Object elements = exactly(tensor, target, target.elements.newArray(tensor.numel()), mend);
        return Tensor.strided(target, elements, Layout.contiguous(tensor.layout().shape));
    }

    private static <A> A exactly(Tensor tensor, ElementType target, A elements, String mend) {
        ElementType type = tensor.elementType();
        Layout layout = tensor.layout();
        if (type == target) {
            ElementLoops.copy(type.elements, tensor.storageOrRows(), layout, elements, Layout.contiguous(layout.shape));
            return elements;
        }
        int done =
                ElementLoops.convert(type.elements, tensor.storageOrRows(), layout, target.elements, elements, false);
        if (done < layout.numel) {
            throw inexact(tensor, Shape.indices(done, layout.shape), target, mend);
        }
        return elements;
    }

    /** One element in an array of one, or an exception that names the method that gives it. */
    static <A> A element(Tensor tensor, int[] indices, ElementType target, A one) {
        ElementType type = tensor.elementType();
        Layout element = Layout.contiguous().from(tensor.layout().indexOf(indices));
        if (ElementLoops.convert(type.elements, tensor.storageOrRows(), element, target.elements, one, false) == 0) {
            String call = Arrays.toString(indices).replace('[', '(').replace(']', ')');
            throw inexact(tensor, indices, target, "call " + type.getter + call);
        }
        return one;
    }

    private static ArithmeticException inexact(Tensor tensor, int[] indices, ElementType target, String mend) {
        return new ArithmeticException("the element at " + Arrays.toString(indices) + " is " + text(tensor, indices)
                + ", which " + target + " does not hold exactly; " + mend);
    }

    /** One element as Java writes it. */
    static String text(Tensor tensor, int[] indices) {
        Runs element = new Runs(
                tensor.storageOrRows(), Layout.contiguous().from(tensor.layout().indexOf(indices)));
        return tensor.elementType().elements.text(element.array(), element.at());
    }

    /** An array of one element of a type; of F32 the nearest to the value. */
    static Object to(ElementType type, double value) {
        Object one = type.elements.newArray(1);
        return checked(type, type.elements.write(new double[] {value}, 1, one, 0, true), one, value);
    }

    /** An array of one element of a type. */
    static Object to(ElementType type, long value) {
        Object one = type.elements.newArray(1);
        return checked(type, type.elements.write(new long[] {value}, 1, one, 0, false), one, value);
    }

    private static Object checked(ElementType type, int written, Object one, Number value) {
        if (written == 0) {
            throw new IllegalArgumentException(
                    "an element of " + type + " cannot be " + value + "; convert the tensor by to, or round the value");
        }
        return one;
    }
}
