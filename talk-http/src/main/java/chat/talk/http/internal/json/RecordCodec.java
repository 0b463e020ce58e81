package chat.talk.http.internal.json;

import chat.talk.ChatException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** A record, whose components are the fields; those of a component may stand in their midst. */
final class RecordCodec<T> extends ObjectCodec<T> {
  private final List<Part> parts;
  private final Constructor<T> constructor;

  /**
   * What a component is made of. Records are public: to have that checked at each call would only
   * cost time.
   *
   * @param inlined when its fields stand beside those of the others; else it is a field itself
   */
  record Part(RecordComponent component, List<Field<?>> fields, @Nullable ObjectCodec<?> inlined) {
    Part {
      component.getAccessor().setAccessible(true);
    }
  }

  @Override
  Map<String, Object> rules() {
    return parts.stream()
        .filter(part -> part.inlined != null)
        .findFirst()
        .map(part -> part.inlined.rules())
        .orElse(Map.of());
  }

  @Override
  public Map<String, Object> schema(Schemas known) {
    String name = constructor.getDeclaringClass().getSimpleName();
    return known.named(name, () -> shape(known, Map.of()));
  }

  private RecordCodec(Constructor<T> constructor, List<Part> parts) {
    super(parts.stream().flatMap(part -> part.fields.stream()).toList());
    constructor.setAccessible(true);
    this.constructor = constructor;
    this.parts = parts;
  }

  /** A codec of a public record. */
  static <T> RecordCodec<T> of(Class<T> type, Function<RecordComponent, Part> partOf) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      List<Part> parts = Arrays.stream(components).map(partOf).toList();
      return new RecordCodec<>(type.getConstructor(types), parts);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " is no public record", e);
    }
  }

  @Override
  void take(T value, @Nullable Object[] into, int from) {
    int at = from;
    for (Part part : parts) {
      Object component = component(part, value);
      if (part.inlined == null) {
        into[at] = component;
      } else if (component == null) {
        throw Json.invalid(part.component.getName() + " is missing");
      } else {
        takeInlined(part.inlined, component, into, at);
      }
      at += part.fields.size();
    }
  }

  @SuppressWarnings("unchecked")
  private static <P> void takeInlined(
      ObjectCodec<P> codec, Object value, @Nullable Object[] into, int at) {
    codec.take((P) value, into, at);
  }

  private static @Nullable Object component(Part part, Object value) {
    try {
      return part.component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records have public accessors", e);
    }
  }

  @Override
  T make(@Nullable Object[] values, int from) {
    @Nullable Object[] arguments = new Object[parts.size()];
    int at = from;
    for (int i = 0; i < arguments.length; i++) {
      Part part = parts.get(i);
      arguments[i] = part.inlined == null ? values[at] : part.inlined.make(values, at);
      at += part.fields.size();
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw refusal(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records have public constructors", e);
    }
  }

  private static RuntimeException refusal(Throwable cause) {
    if (cause instanceof ChatException refused) {
      return refused;
    }
    return new ChatException(ChatException.Code.INVALID, "not a sound value", cause);
  }
}
