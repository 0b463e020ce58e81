package chat.talk.examples;

import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.hub.HubEngine;
import chat.talk.room.Chat;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Invitation;
import chat.talk.room.Token;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A hub in this JVM: an invitation to a private chat, and what is said while a user is away. */
public final class PrivateChat {
  private PrivateChat() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    try (Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
        HubClient alice = HubClient.join(hub, "alice").start()) {
      Chat garden = alice.create("Garden").join();
      Token bob = letIn(HubClient.join(hub, "bob").start(), alice, garden);
      alice.send(garden.id(), "The roses are out").join();
      alice.send(garden.id(), "Come and see").join();
      comeBack(hub, bob, garden);
    }
  }

  private static Token letIn(HubClient guest, HubClient host, Chat chat) {
    try (guest) {
      host.invite(chat.id(), guest.name()).join();
      for (Invitation invitation : guest.invitations().join()) {
        System.out.println(invitation.by() + " invites me to " + invitation.title());
        guest.accept(invitation.chat()).join();
      }
      return guest.token();
    }
  }

  private static void comeBack(Hub hub, Token token, Chat chat) throws InterruptedException {
    BlockingQueue<ChatMessage> heard = new LinkedBlockingQueue<>();
    try (HubClient me =
        HubClient.join(hub, token)
            .readsByItself()
            .listener((client, message) -> heard.add(message))
            .start()) {
      printUnread(me);
      for (int i = 0; i < 2; i++) {
        ChatMessage message = heard.take();
        System.out.println(message.author() + ": " + message.text());
      }
      me.markRead(chat.id(), Cursor.END).join();
      printUnread(me);
    }
  }

  private static void printUnread(HubClient me) {
    me.chats().join().stream()
        .filter(chat -> chat.kind() == Chat.Kind.PRIVATE && chat.knowsUnread())
        .forEach(chat -> System.out.println(chat.title() + ": " + chat.unread() + " unread"));
  }
}
