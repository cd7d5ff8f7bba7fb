using Phoenix.Platform.Results;
using SkiaSharp;

namespace Phoenix.App.Files;

/// <summary>Makes a harmless JPEG out of whatever a phone sends: decoded, turned upright, shrunk, encoded anew, so that no metadata (place, device) and no second file inside it survives.</summary>
public static class Images
{
    /// <summary>Most bytes of an image, as sent and as stored.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Longer side of a stored image, in pixels.</summary>
    public const int MaxSide = 1600;

    /// <summary>Most pixels that are decoded: 50 million is more than any phone's camera sends within <see cref="MaxBytes"/>.</summary>
    public const int MaxPixels = 50_000_000;

    private static readonly int[] s_qualities = [85, 70, 50];

    /// <summary>A stored image.</summary>
    /// <param name="Jpeg">At most <see cref="MaxBytes"/>.</param>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    public sealed record Encoded(byte[] Jpeg, int Width, int Height);

    /// <summary>Re-encodes a JPEG, PNG or WebP; anything else, or an image too large to decode, is refused.</summary>
    public static Result<Encoded> Reencode(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp))
            return new ImageUnreadable();
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
            return new ImageTooLarge();
        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null)
            return new ImageUnreadable();

        using var upright = Draw(decoded, codec.EncodedOrigin);
        foreach (var quality in s_qualities)
        {
            using var jpeg = upright.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (jpeg.Size <= MaxBytes)
                return new Encoded(jpeg.ToArray(), upright.Width, upright.Height);
        }

        return new ImageTooLarge();
    }

    // EXIF orientations 5 to 8 lie on their side (CIPA DC-008, tag 0x0112).
    private static SKImage Draw(SKBitmap source, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, (float)MaxSide / Math.Max(source.Width, source.Height));
        var width = Math.Max(1, (int)MathF.Round(source.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(source.Height * scale));
        var sideways = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        using var surface = SKSurface.Create(new SKImageInfo(sideways ? height : width, sideways ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(source);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return surface.Snapshot();
    }

    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
