package dev.bpg.config;

import java.util.function.BiConsumer;

/**
 * Where the value of a key goes.
 *
 * @param hint what the key allows, for a message
 * @param setter puts a value there
 */
record ConfigTarget(String hint, BiConsumer<BpgConfigBuilder, ConfigValue> setter) {}
