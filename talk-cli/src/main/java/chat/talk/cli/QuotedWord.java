package chat.talk.cli;

import java.io.File;

/**
 * The first word of a text as a shell would take it: terminals quote so what is dragged into them.
 * Quotes count in a word that begins with one, and backslashes before what they can stand for.
 *
 * @param word without what quoted it
 * @param behind what follows it
 */
record QuotedWord(String word, String behind) {
  private static final char NONE = 0;
  private static final String QUOTES = "\"'";

  /** Where it parts folders it stands for itself. */
  private static final boolean ESCAPES = File.separatorChar != '\\';

  static QuotedWord first(String text) {
    boolean isQuoted = QUOTES.indexOf(text.charAt(0)) >= 0;
    StringBuilder word = new StringBuilder();
    char quote = NONE;
    int at = 0;
    for (; at < text.length() && (quote != NONE || !isSpace(text.charAt(at))); at++) {
      char next = text.charAt(at);
      if (next == quote) {
        quote = NONE;
      } else if (quote == NONE && isQuoted && QUOTES.indexOf(next) >= 0) {
        quote = next;
      } else if (quote != '\'' && isEscape(text, at)) {
        at++;
        word.append(text.charAt(at));
      } else {
        word.append(next);
      }
    }
    if (quote != NONE) {
      throw Arguments.invalid("there is no second " + quote + " in " + Printable.line(text));
    }
    return new QuotedWord(word.toString(), text.substring(at).strip());
  }

  private static boolean isSpace(char one) {
    return Character.isWhitespace(one);
  }

  private static boolean isEscape(String text, int at) {
    boolean isBackslash = ESCAPES && text.charAt(at) == '\\' && at + 1 < text.length();
    return isBackslash && (QUOTES + "\\ ").indexOf(text.charAt(at + 1)) >= 0;
  }
}
