package chat.talk.room;

import chat.talk.UserName;

/**
 * Who somebody is to a hub.
 *
 * @param user his name
 * @param device which of his devices he comes with, as {@link Device#id()} shows it
 */
public record Identity(UserName user, String device) {}
