using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using SkiaSharp;

namespace Phoenix.App.Tests.Files;

public sealed class ImageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_image_comes_back_by_its_link_as_a_clean_JPEG_until_the_link_expires(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var member = await app.Person(Role.Member);
        var stored = (await Upload(app, member, Picture(2400, 1200, SKEncodedImageFormat.Png))).Ok<UploadImage.Response>();
        Assert.Equal((Images.MaxSide, Images.MaxSide / 2), (stored.Width, stored.Height));

        var answer = await app.Anyone.Get(stored.Link.Url);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.Status, answer.ContentType));
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        using var seen = SKBitmap.Decode(answer.Bytes);
        Assert.Equal((stored.Width, stored.Height), (seen.Width, seen.Height));

        app.Time.Advance(FileLinks.Lifetime);
        (await app.Anyone.Get(stored.Link.Url)).Refused(HttpStatusCode.Gone, "file.link_expired");
    }

    [Fact]
    public async Task A_link_that_was_changed_opens_nothing()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var member = await app.Person(Role.Member);
        var link = (await Upload(app, member, Picture(10, 10, SKEncodedImageFormat.Jpeg))).Ok<UploadImage.Response>().Link.Url;
        var other = (await Upload(app, member, Picture(20, 10, SKEncodedImageFormat.Jpeg))).Ok<UploadImage.Response>();
        var (path, query) = (link.Split('?')[0], link.Split('?')[1]);
        string[] changed =
        [
            link[..^3] + "AAA",
            path + "?" + query.Replace("until=", "until=9", StringComparison.Ordinal),
            path.Replace("communities/1", "communities/2", StringComparison.Ordinal) + "?" + query,
            other.Link.Url.Split('?')[0] + "?" + query,
        ];
        foreach (var bad in changed)
            (await app.Anyone.Get(bad)).Refused(HttpStatusCode.NotFound, "file.link_refused");
        (await app.Anyone.Get(path)).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        Assert.Equal(HttpStatusCode.OK, (await app.Anyone.Get(link)).Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_upload_again_is_the_same_image_though_its_form_is_wrapped_anew(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var member = await app.Person(Role.Member);
        var id = app.NewRequestId();
        var picture = Picture(30, 20, SKEncodedImageFormat.Webp);
        var first = (await Upload(app, member, picture, id)).Ok<UploadImage.Response>();
        var again = (await Upload(app, member, picture, id)).Ok<UploadImage.Response>();
        Assert.Equal(first.Id, again.Id);
        (await Upload(app, member, Picture(31, 20, SKEncodedImageFormat.Webp), id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
    }

    [Fact]
    public async Task What_is_no_image_or_too_large_is_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var member = await app.Person(Role.Member);
        var png = Picture(40, 40, SKEncodedImageFormat.Png);
        foreach (var bad in (byte[][])["不是图片"u8.ToArray(), [], png[..30], "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "GIF89a"u8.ToArray()])
            (await Upload(app, member, bad)).Refused(HttpStatusCode.BadRequest, "file.image_unreadable");
        (await Upload(app, member, new byte[Images.MaxBytes + 1])).Refused(HttpStatusCode.RequestEntityTooLarge, "file.image_too_large");
        (await Upload(app, member, new byte[UploadImage.MaxFormBytes + 1])).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        (await Upload(app, member, Picture(8000, 6300, SKEncodedImageFormat.Png))).Refused(HttpStatusCode.RequestEntityTooLarge, "file.image_too_large");
        (await member.Post("files", new { file = "x" })).Refused(HttpStatusCode.UnsupportedMediaType, "request.unsupported_type");
        (await Upload(app, member, png, field: "other")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        (await Upload(app, app.Anyone, png)).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await Upload(app, await app.Person(), png)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Fact]
    public void A_photo_taken_sideways_stands_upright_and_loses_where_it_was_taken()
    {
        // Left half red, right half blue; EXIF orientation 6: the camera was turned, so upright the red is on top.
        using var bitmap = new SKBitmap(40, 20);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, 20, 20, new SKPaint { Color = SKColors.Red });
        }

        using var plain = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        var secret = "GPS 30.57N 103.92E";
        var turned = WithExif(plain.ToArray(), orientation: 6, secret);
        Assert.Contains(secret, Encoding.Latin1.GetString(turned), StringComparison.Ordinal);

        var encoded = Images.Reencode(turned).Value;
        Assert.Equal((20, 40), (encoded.Width, encoded.Height));
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(encoded.Jpeg), StringComparison.Ordinal);
        using var upright = SKBitmap.Decode(encoded.Jpeg);
        Assert.True(upright.GetPixel(10, 5) is { Red: > 200, Blue: < 60 }, $"top is {upright.GetPixel(10, 5)}");
        Assert.True(upright.GetPixel(10, 35) is { Blue: > 200, Red: < 60 }, $"bottom is {upright.GetPixel(10, 35)}");
    }

    private static async Task<Answer> Upload(PhoenixApp app, TestCaller caller, byte[] bytes, Guid? requestId = null, string field = "file")
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, field, "photo.jpg");
        return await caller.Send(HttpMethod.Post, "files", form, requestId ?? app.NewRequestId());
    }

    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Orange);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    // An APP1 segment (EXIF 2.3, 4.5.4) with one tag, the orientation, and a text behind it.
    private static byte[] WithExif(byte[] jpeg, byte orientation, string text)
    {
        byte[] tiff = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "Exif\0\0"u8, .. tiff, .. Encoding.Latin1.GetBytes(text)];
        var length = body.Length + 2;
        return [0xff, 0xd8, 0xff, 0xe1, (byte)(length >> 8), (byte)length, .. body, .. jpeg.AsSpan(2)];
    }
}
