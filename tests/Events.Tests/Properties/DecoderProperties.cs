using System.Text;
using Events.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace Events.Tests.Properties;

public sealed class DecoderProperties
{
    /// <summary>One seed, so that a run today is the run of tomorrow.</summary>
    private static readonly Config Runs = Config
        .QuickThrowOnFailure.WithMaxTest(500)
        .WithReplay(new Replay(new Rnd(20260319), null));

    [Fact]
    public void However_a_text_is_written_it_has_one_canonical_form()
    {
        Holds(
            JsonTree.Any,
            (tree, noise) =>
            {
                Assert.Equal(tree.Canonical(), Canonical(tree.Canonical()));
                Assert.Equal(tree.Canonical(), Canonical(tree.Noisy(noise)));
            }
        );
    }

    [Fact]
    public void However_a_body_is_written_it_is_the_same_event()
    {
        Holds(
            JsonTree.AnyObject,
            (tree, noise) =>
                Assert.Equal(
                    Decode.Event(EnvelopeOf(tree.Canonical())).EventKey,
                    Decode.Event(EnvelopeOf(tree.Noisy(noise))).EventKey
                )
        );
    }

    [Fact]
    public void Bodies_have_the_same_hash_only_if_they_are_the_same()
    {
        Holds(
            JsonTree.AnyObject.SelectMany(one => JsonTree.AnyObject.Select(other => (one, other))),
            (pair, _) =>
                Assert.Equal(
                    pair.one.Canonical() == pair.other.Canonical(),
                    Decode.Event(EnvelopeOf(pair.one.Canonical())).BodyHash
                        == Decode.Event(EnvelopeOf(pair.other.Canonical())).BodyHash
                )
        );
    }

    [Fact]
    public void Whatever_stands_where_the_decoder_looks_it_answers()
    {
        string[] paths =
        [
            "version",
            "id",
            "detail-type",
            "source",
            "time",
            "replay-name",
            "detail",
            "detail.topicName",
            "detail.version",
            "detail.metadata",
            "detail.timestamp",
            "detail.eventBody",
            "detail.eventBody.eventTime",
            "detail.eventBody.conversationId",
            "detail.eventBody.participantId",
            "detail.eventBody.transcripts",
        ];

        Holds(
            Gen.Elements(paths).SelectMany(path => JsonTree.Any.Select(tree => (path, tree))),
            (change, noise) =>
                EventDecoder.Decode(
                    Encoding.UTF8.GetBytes(
                        EnvelopeBuilder
                            .Of("transcription-ended")
                            .WithRaw(change.path, "\"@\"")
                            .Build()
                            .Replace("\"@\"", change.tree.Noisy(noise), StringComparison.Ordinal)
                    )
                )
        );
    }

    [Fact]
    public void Whatever_happens_to_the_bytes_the_decoder_answers()
    {
        Holds(
            Gen.Elements(Samples.Names.AsEnumerable()),
            (name, noise) =>
            {
                var bytes = Samples.Read(name);
                for (var mutation = noise.Next(1, 10); mutation > 0; mutation--)
                {
                    bytes[noise.Next(bytes.Length)] = (byte)noise.Next(256);
                }

                EventDecoder.Decode(bytes);
                EventDecoder.Decode(bytes.AsMemory(0, noise.Next(bytes.Length)));
            }
        );
    }

    private static void Holds<T>(Gen<T> values, Action<T, Random> claim)
    {
        var seeded = values.SelectMany(value => Gen.Choose(0, int.MaxValue - 1).Select(seed => (value, seed)));
        Check.One(Runs, Prop.ForAll(seeded.ToArbitrary(), given => claim(given.value, new Random(given.seed))));
    }

    private static string Canonical(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var canonical = new byte[bytes.Length];
        return Encoding.UTF8.GetString(canonical.AsSpan(0, CanonicalJson.Write(bytes, canonical)));
    }

    private static string EnvelopeOf(string body) =>
        $$$"""{"version":"0","id":"i","detail-type":"v2.users.{id}.station","source":"s","time":"2026-03-19T14:00:00Z","detail":{"topicName":"v2.users.u.station","eventBody":{{{body}}}}}""";
}
