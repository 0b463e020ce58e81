package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Command;
import java.lang.reflect.RecordComponent;

/**
 * Refuses commands that lack a part, before they meet others: what one client leaves out must not
 * be felt by those whose commands are decided together with it.
 */
final class Parts {
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> kind) {
          return kind.getRecordComponents();
        }
      };

  private Parts() {}

  /**
   * Checks that nothing is missing.
   *
   * @throws ChatException with {@link Code#INVALID} that names the part
   */
  static void require(Command<?> command) {
    for (RecordComponent part : COMPONENTS.get(command.getClass())) {
      if (!part.getType().isPrimitive() && value(part, command) == null) {
        throw Checks.invalid("%s lacks its %s", command.getClass().getSimpleName(), part.getName());
      }
    }
  }

  private static Object value(RecordComponent part, Command<?> command) {
    try {
      return part.getAccessor().invoke(command);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records have public accessors", e);
    }
  }
}
