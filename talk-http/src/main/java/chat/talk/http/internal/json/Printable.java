package chat.talk.http.internal.json;

/** Makes foreign text fit to be shown. */
public final class Printable {
  private Printable() {}

  /** One line of at most so many characters, without any that move a cursor. */
  public static String line(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "…" : text;
    return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
