package chat.talk;

/** Where a message can go: to a user, or into a chat of a hub. */
public sealed interface Recipient permits UserName, ChatId {}
