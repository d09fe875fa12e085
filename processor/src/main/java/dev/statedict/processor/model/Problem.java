package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in a module class, or what may be one.
 *
 * @param diagnostic what is wrong
 * @param message what is wrong here, and what to write instead
 * @param place where
 * @param member the member that is wrong; null when the class is
 * @param warning whether it only may be a mistake: nothing is refused for it
 */
public record Problem(
        Diagnostic diagnostic,
        String message,
        @Nullable Place place,
        @Nullable Member member,
        boolean warning) {}
