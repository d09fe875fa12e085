package com.example;

import org.immutables.value.Value;

/** Immutables'. */
@Value.Immutable
interface Shape {
    int inputs();
}
