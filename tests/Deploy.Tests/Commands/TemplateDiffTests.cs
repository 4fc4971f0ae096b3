using Deploy.Commands;

namespace Deploy.Tests.Commands;

public sealed class TemplateDiffTests
{
    [Fact]
    public void The_same_template_in_another_layout_does_not_differ() =>
        Assert.Empty(
            TemplateDiff.Between(
                """{"Resources":{"A":{"Type":"T"}}}""",
                """{ "Resources": { "A": { "Type": "T" } } }"""
            )
        );

    [Fact]
    public void What_is_new_what_is_gone_and_what_changed_are_told_with_their_places() =>
        Assert.Equal(
            [
                "- Parameters.P",
                "~ Resources.A.Properties.List[1]: 2 → 3",
                "~ Resources.A.Properties.Old: true → nothing",
                "+ Resources.B (T)",
                "- Resources.C (T)",
            ],
            TemplateDiff.Between(
                """{"Parameters":{"P":{}},"Resources":{"C":{"Type":"T"},"A":{"Properties":{"List":[1,2],"Old":true}}}}""",
                """{"Resources":{"B":{"Type":"T"},"A":{"Properties":{"List":[1,3]}}}}"""
            )
        );

    [Fact]
    public void A_long_value_is_cut()
    {
        var longText = new string('b', 500);

        var line = TemplateDiff
            .Between("""{"Outputs":{"O":"a"}}""", $"{{\"Outputs\":{{\"O\":\"{longText}\"}}}}")
            .Single();

        Assert.True(line.Length < 160);
    }
}
