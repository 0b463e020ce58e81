package chat.talk.http.internal;

import chat.talk.http.HttpHandler;
import chat.talk.http.UploadHandler;
import org.jetbrains.annotations.Nullable;

/**
 * What answers one method of one path.
 *
 * @param maxBody the most bytes a body may have
 * @param handler answers when the body has come, null for uploads
 * @param upload takes the body as it comes, null when a handler answers
 */
record Route(long maxBody, @Nullable HttpHandler handler, @Nullable UploadHandler upload) {}
