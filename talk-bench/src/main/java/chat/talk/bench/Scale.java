package chat.talk.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One of a picture's two directions.
 *
 * @param isLog whether each step is ten times the one before
 * @param least the value at the beginning
 * @param most the value at the end
 * @param from where the beginning is drawn
 * @param to where the end is drawn
 */
record Scale(boolean isLog, double least, double most, double from, double to) {
  private static final int TICKS = 5;

  /** From 0, or the power of ten below, to something round above all values. */
  static Scale of(boolean isLog, Collection<Double> values, double from, double to) {
    double most = values.stream().mapToDouble(value -> value).max().orElse(1);
    if (isLog) {
      double least = values.stream().mapToDouble(value -> value).min().orElse(1);
      double below = Math.pow(10, Math.floor(Math.log10(positive(least)) + 1e-9));
      double above = Math.pow(10, Math.ceil(Math.log10(positive(most)) - 1e-9));
      return new Scale(true, below, Math.max(above, 10 * below), from, to);
    }
    double step = step(positive(most));
    return new Scale(false, 0, step * Math.ceil(positive(most) / step - 1e-9), from, to);
  }

  private static double positive(double value) {
    return Math.max(value, 1e-3);
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most / TICKS)));
    double steps = most / TICKS / power;
    return power * (steps <= 1 ? 1 : steps <= 2 ? 2 : steps <= 5 ? 5 : 10);
  }

  double at(double value) {
    return from + (to - from) * share(value);
  }

  private double share(double value) {
    return isLog
        ? Math.log(positive(value) / least) / Math.log(most / least)
        : (value - least) / (most - least);
  }

  /** Where lines are to be drawn, with the value beside them. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    double step = isLog ? 0 : step(most);
    for (double tick = least; tick <= most * (1 + 1e-9); tick = isLog ? 10 * tick : tick + step) {
      ticks.add(tick);
    }
    return ticks;
  }
}
