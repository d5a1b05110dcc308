package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.zfs.PropertyValue.Count;
import dev.bpg.internal.platform.zfs.PropertyValue.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties to give to a dataset or snapshot, in the types that the kernel wants. Immutable.
 *
 * @see <a
 *     href="https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html">zfsprops(7)</a>
 */
public final class PropertySettings {

  private static final PropertySettings NONE = new PropertySettings(Map.of());

  private final Map<String, PropertyValue> values;

  private PropertySettings(Map<String, PropertyValue> values) {
    this.values = values;
  }

  /** No properties. */
  public static PropertySettings none() {
    return NONE;
  }

  /**
   * These and one more, or one instead.
   *
   * @param name a property of ZFS that can be set, such as {@code recordsize}, or one of a user's
   *     own, which has a colon
   * @param value as for {@code zfs set}, such as {@code 8K}, {@code zstd-3}, {@code off}; any text
   *     for a user's own
   * @throws IllegalArgumentException if ZFS would not take it; the message says why. Whether the
   *     installed ZFS knows the property and takes the value on that dataset shows only when it is
   *     set
   */
  public PropertySettings with(String name, String value) {
    return with(name, PropertyTypes.parse(name, value));
  }

  /**
   * These and one number.
   *
   * @param name such as {@code refquota}
   * @param value unsigned; 0 for none
   * @throws IllegalArgumentException if the property is none of ZFS's numbers, or ZFS would not
   *     take this one
   */
  public PropertySettings with(String name, long value) {
    PropertyTypes.requireNumber(name, value);
    return with(name, new Count(value));
  }

  /** These and all of another one, which come first where both have one. */
  public PropertySettings with(PropertySettings others) {
    Map<String, PropertyValue> all = new LinkedHashMap<>(values);
    all.putAll(others.values);
    return new PropertySettings(Collections.unmodifiableMap(all));
  }

  /** These and one value that is not checked. */
  PropertySettings with(String name, PropertyValue value) {
    return with(new PropertySettings(Map.of(name, value)));
  }

  /** By name, in the order they were given. */
  public Map<String, PropertyValue> values() {
    return values;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  boolean isUsersOnly() {
    return values.keySet().stream().allMatch(name -> name.contains(":"));
  }

  /** Such as {@code recordsize=8192, bpg:id=b1}, for messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(name)
                .append('=')
                .append(
                    value instanceof Text || !(value instanceof Count number)
                        ? value.toString()
                        : PropertyTypes.text(name, number.value())));
    return text.toString();
  }
}
