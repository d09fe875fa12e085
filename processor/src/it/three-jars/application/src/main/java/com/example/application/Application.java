package com.example.application;

import com.example.layers.Linear;
import com.example.networks.Classifier;
import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints what state dicts do here; {@code expected-output.txt} says what that is. */
final class Application {
    private Application() {}

    public static void main(String[] arguments) throws IOException {
        Module module = Application.class.getModule();
        System.out.println(module + " opens " + module.getDescriptor().opens());
        Classifier classifier = new Classifier(3, 2, 2);
        printKeys(classifier);
        follow(classifier);
        load(classifier);
        file(classifier, Path.of(arguments[0]));
    }

    private static void printKeys(Classifier classifier) {
        System.out.println(classifier.stateDict().keySet());
        new Distillation(classifier, new Classifier(1, 1, 1))
                .namedParameters()
                .forEach((key, tensor) -> System.out.println(key + " " + Arrays.toString(tensor.shape())));
    }

    /** The network hands out copies, as its superclass says; the layer aliases. */
    private static void follow(Classifier classifier) {
        Linear output = classifier.output();
        StateDict copy = classifier.stateDict();
        StateDict alias = output.stateDict();
        output.weight().fill(7);
        System.out.println(copy.policy() + " " + copy.get("fc.weight"));
        System.out.println(alias.policy() + " " + alias.get("weight"));
    }

    private static void load(Classifier trained) {
        trained.train(5);
        trained.train(6);
        Classifier fresh = new Classifier(3, 2, 2);
        System.out.println(fresh.loadStateDict(trained.stateDict()));
        System.out.println(fresh.stateDict().contentEquals(trained.stateDict()));
        LoadReport lenient = fresh.loadStateDict(
                trained.stateDict().filter(key -> key.startsWith("fc.")),
                LoadOptions.lenient().withPolicy(Policy.COPY));
        System.out.println(lenient);
        try {
            fresh.loadStateDict(trained.stateDict().filter(key -> !key.equals("fc.bias")));
        } catch (StateDictLoadException missing) {
            System.out.println(missing.getMessage());
        }
    }

    private static void file(Classifier trained, Path file) throws IOException {
        Checkpoints.save(file, trained.stateDict());
        Classifier restored = new Classifier(3, 2, 2);
        restored.loadStateDict(Checkpoints.load(file));
        System.out.println(restored.stateDict());
    }
}
