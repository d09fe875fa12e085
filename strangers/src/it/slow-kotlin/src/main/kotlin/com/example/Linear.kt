package com.example

import dev.statedict.Parameter
import dev.statedict.Policy
import dev.statedict.StateModule
import dev.statedict.tensor.Tensor

/** Fields that Java can see: a property with `@JvmField`. */
@StateModule
class Linear : LinearState {
    @JvmField
    @field:Parameter
    val weight: Tensor = Tensor.zeros(1)

    /** A private field with accessors, as every other property is. */
    @field:Parameter
    var bias: Tensor = Tensor.zeros(1)
}

/** A module that holds modules. */
@StateModule(stateDict = Policy.COPY)
class Net : NetState {
    @JvmField
    val first = Linear()

    val second = Linear()
}

object Main {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val net = Net()
        net.first.weight.fill(2f)
        val kept = net.stateDict()
        net.first.weight.fill(3f)
        net.loadStateDict(kept)
        println(net.stateDict())
    }
}
