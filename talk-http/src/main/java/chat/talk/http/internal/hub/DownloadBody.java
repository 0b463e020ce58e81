package chat.talk.http.internal.hub;

import chat.talk.http.BodySource;
import chat.talk.http.HttpResponse;
import chat.talk.room.Attachment;
import chat.talk.room.FileDownload;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A file, or a part of one, on its way to a client that takes it piece by piece. */
final class DownloadBody implements BodySource {
  private final FileDownload download;
  private final long length;
  private long left;

  private DownloadBody(FileDownload download, long length) {
    this.download = download;
    this.length = length;
    this.left = length;
  }

  /** The answer; whatever the file is, browsers only save it. */
  static HttpResponse answer(FileDownload download, @Nullable ByteRange range) {
    Attachment attachment = download.attachment();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", attachment.type());
    headers.put("Content-Disposition", disposition(attachment));
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "sandbox");
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", ByteRange.tag(attachment));
    if (range == null) {
      return HttpResponse.streaming(200, headers, new DownloadBody(download, attachment.size()));
    }
    headers.put(
        "Content-Range", "bytes %d-%d/%d".formatted(range.from(), range.upTo() - 1, range.size()));
    long length = range.upTo() - range.from();
    return HttpResponse.streaming(206, headers, new DownloadBody(download, length));
  }

  /** RFC 6266, with the name in UTF-8 (RFC 8187). */
  private static String disposition(Attachment attachment) {
    String name = attachment.isBody() ? "message.txt" : attachment.name();
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename*=UTF-8''" + encoded.replace("*", "%2A");
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public CompletableFuture<@Nullable ByteBuffer> next() {
    return left == 0
        ? CompletableFuture.completedFuture(null)
        : download.read().thenApply(this::within);
  }

  private @Nullable ByteBuffer within(@Nullable ByteBuffer piece) {
    if (piece != null) {
      piece.limit((int) Math.min(piece.limit(), piece.position() + left));
      left -= piece.remaining();
    }
    return piece;
  }

  @Override
  public void close() {
    download.close();
  }
}
