package com.example;

import com.google.auto.value.AutoValue;

/** AutoValue's. */
@AutoValue
abstract class Settings {
    abstract int inputs();

    static Settings of(int inputs) {
        return new AutoValue_Settings(inputs);
    }
}
