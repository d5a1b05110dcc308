/**
 * The errors of bpg, unchecked and typed by what a caller can do about them. Every message says
 * what could not be done to which thing and why, and ends with a {@code HINT:} that names one
 * action. This package imports nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.error;
