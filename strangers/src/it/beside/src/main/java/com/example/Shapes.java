package com.example;

import org.mapstruct.Mapper;
import org.mapstruct.ReportingPolicy;

/** MapStruct's. */
@Mapper(unmappedTargetPolicy = ReportingPolicy.IGNORE)
interface Shapes {
    /** What MapStruct reads. */
    class Source {
        private final int inputs;

        Source(int inputs) {
            this.inputs = inputs;
        }

        public int getInputs() {
            return inputs;
        }
    }

    /** What it writes. */
    class Target {
        private int inputs;

        public int getInputs() {
            return inputs;
        }

        public void setInputs(int inputs) {
            this.inputs = inputs;
        }
    }

    Target map(Source source);
}
