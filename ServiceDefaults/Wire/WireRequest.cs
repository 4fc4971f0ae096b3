using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceDefaults.Wire;

/// <summary>How requests are written.</summary>
public static class WireRequest
{
    /// <summary>For what stands in no HTML page: handles and bodies in base 64 stay as short as they are.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> request) => new(request, Options);
}
