package chat.talk.jdbc;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** How to take a record apart and to put it together again. */
record Shape(Constructor<?> constructor, List<Method> parts) {
  private static final ClassValue<Shape> KNOWN =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return find(type);
        }
      };

  static Shape of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static Shape find(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      List<Method> parts = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
      parts.forEach(part -> part.setAccessible(true));
      return new Shape(constructor, parts);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has this constructor", e);
    }
  }
}
