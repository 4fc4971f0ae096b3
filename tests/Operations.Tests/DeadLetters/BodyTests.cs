using System.Text;
using Operations.DeadLetters;

namespace Operations.Tests.DeadLetters;

public sealed class BodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1}")]
    [InlineData("\uFEFF<script>alert(1)</script> \u202Egnp.exe 👩‍👩‍👧 \t\r\n")]
    public void A_body_comes_back_byte_for_byte(string body) =>
        Assert.Equal(body, LetterBody.FromPieces(LetterBody.ToPieces(body).Select(piece => piece.ToArray())));

    [Fact]
    public void A_body_of_1_MiB_that_does_not_compress_fits_into_items()
    {
        var random = new Random(7);
        var body = new StringBuilder();
        while (body.Length < 1024 * 1024)
        {
            body.Append((char)random.Next(0x20, 0x7F));
        }

        var pieces = LetterBody.ToPieces(body.ToString());

        Assert.True(pieces.Count > 1);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, LetterBody.PieceBytesMax));
        Assert.Equal(body.ToString(), LetterBody.FromPieces(pieces.Select(piece => piece.ToArray())));
    }
}
