package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The emulated users of one run, and what they have in common. */
final class Crowd implements AutoCloseable {
  /** What their names begin with. */
  static final String PREFIX = "sim-";

  private static final int AT_ONCE = 64;
  private static final int PER_PRIVATE_CHAT = 5;
  private static final long PATIENCE_SECONDS = 60;

  final Tally tally = new Tally();
  final SameOrder order = new SameOrder(tally);
  private final List<CrowdMember> members = new ArrayList<>();
  private final Map<String, CrowdMember> byName = new HashMap<>();
  private final List<ChatId> privateChats = new ArrayList<>();

  /** In the private chat of the same number. */
  private final List<List<CrowdMember>> circles = new ArrayList<>();

  Crowd(Hub hub, SimulationPlan plan) {
    String run = Long.toString(System.currentTimeMillis(), 36);
    for (int i = 0; i < plan.clients(); i++) {
      UserName name = UserName.of(PREFIX + run + "-" + i);
      members.add(new CrowdMember(hub, name, tally, order));
      byName.put(name.value(), members.get(i));
    }
  }

  /**
   * Brings all in, and makes their private chats.
   *
   * @throws ChatException when somebody can't come
   */
  void come() {
    for (int i = 0; i < members.size(); i += AT_ONCE) {
      List<CrowdMember> next = members.subList(i, Math.min(i + AT_ONCE, members.size()));
      next.stream().map(CrowdMember::come).toList().forEach(Crowd::await);
    }
    for (int i = 0; i + PER_PRIVATE_CHAT <= members.size(); i += 2 * PER_PRIVATE_CHAT) {
      makePrivateChat(members.subList(i, i + PER_PRIVATE_CHAT));
    }
  }

  private void makePrivateChat(List<CrowdMember> circle) {
    HubClient owner = circle.get(0).client();
    ChatId chat = await(owner.create("Circle of " + circle.get(0).name)).id();
    for (CrowdMember guest : circle.subList(1, circle.size())) {
      await(owner.invite(chat, guest.name));
      await(guest.client().accept(chat));
    }
    privateChats.add(chat);
    circles.add(circle);
  }

  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw ChatException.of(e);
    } catch (TimeoutException e) {
      throw new Failure(ExitCode.FAILED, "no answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "interrupted", e);
    }
  }

  /** One of them does something. */
  void act(Random random, long number) {
    CrowdMember who = members.get(random.nextInt(members.size()));
    int what = random.nextInt(100);
    String words = "message " + number;
    if (what < 55) {
      who.say(Rooms.GENERAL, words, false);
    } else if (what < 65) {
      who.say(Rooms.GENERAL, words, true);
    } else if (what < 80) {
      who.say(other(who, random).name, words, false);
    } else if (what < 90 && !privateChats.isEmpty()) {
      int circle = random.nextInt(circles.size());
      circles
          .get(circle)
          .get(random.nextInt(PER_PRIVATE_CHAT))
          .say(privateChats.get(circle), words, random.nextBoolean());
    } else if (what < 97) {
      who.type(random.nextBoolean());
    } else {
      leaveOrReturn(who);
    }
  }

  private CrowdMember other(CrowdMember who, Random random) {
    CrowdMember other = members.get(random.nextInt(members.size()));
    return other == who ? members.get((members.indexOf(who) + 1) % members.size()) : other;
  }

  private void leaveOrReturn(CrowdMember who) {
    if (who.isAway()) {
      report(who.come());
    } else {
      report(who.leave());
    }
  }

  private void report(CompletableFuture<Void> done) {
    done.whenComplete(
        (nothing, failure) -> {
          if (failure != null) {
            tally.error(failure);
          }
        });
  }

  /** Who the one of this number is. */
  UserName name(int number) {
    return members.get(number).name;
  }

  int connected() {
    return (int) members.stream().filter(CrowdMember::isHere).count();
  }

  /** Brings back those who are away. */
  void comeBack() {
    members.stream()
        .filter(CrowdMember::isAway)
        .map(CrowdMember::come)
        .toList()
        .forEach(Crowd::await);
  }

  /** Whether all that was asked is answered, and everybody has got all of it. */
  boolean isComplete() {
    return tally.asked.sum() == tally.answered.sum() && missing().findAny().isEmpty();
  }

  /** Says what wasn't answered, and who has not got what was. */
  void reportMissing() {
    long unanswered = tally.asked.sum() - tally.answered.sum();
    if (unanswered > 0) {
      tally.violation(unanswered + " messages have got no answer");
    }
    missing().forEach(tally::violation);
  }

  private Stream<String> missing() {
    return order.stored().entrySet().stream()
        .flatMap(
            chat ->
                readers(chat.getKey())
                    .filter(member -> !member.hasSeen(chat.getKey(), chat.getValue()))
                    .map(member -> member.lacks(chat.getKey(), chat.getValue())));
  }

  /** Who is in a chat, as they have been told nothing else. */
  private Stream<CrowdMember> readers(ChatId chat) {
    int circle = privateChats.indexOf(chat);
    if (circle >= 0) {
      return circles.get(circle).stream();
    }
    return chat.equals(Rooms.GENERAL)
        ? members.stream()
        : Stream.of(chat.value().split("~")).map(byName::get).filter(Objects::nonNull);
  }

  @Override
  public void close() {
    members.stream()
        .map(CrowdMember::leave)
        .toList()
        .forEach(left -> left.completeOnTimeout(null, 5, TimeUnit.SECONDS).join());
  }
}
