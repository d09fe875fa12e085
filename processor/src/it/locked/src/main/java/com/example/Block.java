package com.example;

import dev.statedict.Buffer;
import dev.statedict.StateModule;

@StateModule
public final class Block implements BlockState {
    @Buffer
    long steps;
}
