using System.Security.Cryptography;
using System.Text;

namespace Ingestor.Authorizing;

/// <summary>Derives the key that signs for a date, a region and a service, and keeps the last one: clients change it once a day.</summary>
internal sealed class SigningKeys(Secret secretAccessKey)
{
    private Derived? _last;

    public byte[] For(SignedRequest signed)
    {
        var last = Volatile.Read(ref _last);
        return
            last is not null
            && last.Date == signed.Date
            && last.Region == signed.Region
            && last.Service == signed.Service
            ? last.Key
            : Derive(signed);
    }

    /// <summary>Only of a request whose signature was right: nobody else can push the kept key out.</summary>
    public void Keep(SignedRequest signed, byte[] key) =>
        Volatile.Write(ref _last, new Derived(signed.Date, signed.Region, signed.Service, key));

    private byte[] Derive(SignedRequest signed)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey.Reveal());
        foreach (var part in (ReadOnlySpan<string>)[signed.Date, signed.Region, signed.Service, signed.Terminator])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }

    private sealed record Derived(string Date, string Region, string Service, byte[] Key);
}
