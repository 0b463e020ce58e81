package chat.talk.testkit;

import java.util.List;

/** Texts that have broken something somewhere. */
final class Texts {
  static final List<String> UNICODE =
      List.of(
          "",
          " ",
          " leading and trailing ",
          "\u0000",
          "nul\u0000inside",
          "\u0001\u0007\b\t\u000b\f\u001b[31m\u007f\u0085",
          "a\nb\r\nc\rd",
          "\u2028line\u2029paragraph",
          "Grüße, Ελλάδα, Привет, 你好, こんにちは",
          "😀 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪",
          "\uD83D\uDE00\uD800\uDC00\uDBFF\uDFFF",
          "שלום \u202Eolleh\u202C مرحبا",
          "e\u0301 é a\u0300\u0301\u0302\u0303\u0304",
          "\uFEFFbyte order mark",
          "\uFFFD\uFFFE\uFFFF\u200B\u00AD",
          "\"quoted\" \\ back\\nslash / </script> & %41 + %00 ${x} 'q'; --",
          "{\"user\":\"eve\",\"text\":\"nested\"}");

  private static final int MEGABYTE = 1 << 20;

  private Texts() {}

  /** A text of 1 MiB in UTF-8 in which a lost, doubled or exchanged piece shows. */
  static String megabyte() {
    StringBuilder text = new StringBuilder(MEGABYTE);
    for (int i = 0; text.length() < MEGABYTE; i++) {
      text.append(i).append(' ');
    }
    text.setLength(MEGABYTE - 2);
    return text.append('ü').toString();
  }
}
