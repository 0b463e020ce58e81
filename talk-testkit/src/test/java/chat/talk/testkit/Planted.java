package chat.talk.testkit;

/** Faults that a {@link ReferenceHub} can be given, each of which a check has to find. */
@SuppressWarnings("ImmutableEnumChecker")
enum Planted {
  NONE,
  SKIP_ENTRY,
  DOUBLE_ENTRY,
  SWAP_ENTRIES,
  SHOW_UNCOMMITTED,
  OTHER_TEXT,
  FORGET_IDS,
  ACKNOWLEDGE_UNSTORED,
  KEEP_ERASED,
  LEAK,
  LOSE_PLACE,
  READ_BACK,
  WRONG_UNREAD,
  NO_WAKE;

  private static final int RARELY = 20;
  private final ThreadLocal<Integer> chances = ThreadLocal.withInitial(() -> 0);

  /** Whether this fault is the one, and shows now: at each twentieth chance. */
  boolean strikes(Planted wanted) {
    if (this != wanted) {
      return false;
    }
    chances.set(chances.get() + 1);
    return chances.get() % RARELY == 0;
  }
}
