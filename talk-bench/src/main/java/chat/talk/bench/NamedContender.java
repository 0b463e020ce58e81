package chat.talk.bench;

/** What is called by names that don't change. */
abstract class NamedContender implements Contender {
  private final String name;
  private final String title;

  NamedContender(String name, String title) {
    this.name = name;
    this.title = title;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String title() {
    return title;
  }
}
