namespace Events.Patterns.Operators;

internal readonly record struct Bound(double Value, bool Inclusive);

/// <summary><c>numeric</c> with one bound or two; a missing one is infinite.</summary>
internal sealed class Numeric(Bound? bottom, Bound? top) : ValueTest
{
    private readonly Bound _bottom = bottom ?? new Bound(double.NegativeInfinity, false);
    private readonly Bound _top = top ?? new Bound(double.PositiveInfinity, false);

    // A number that cannot be compared is NaN here, and no comparison with NaN holds.
    internal override bool Matches(in EventValue value) =>
        (value.Number > _bottom.Value || (_bottom.Inclusive && value.Number == _bottom.Value))
        && (value.Number < _top.Value || (_top.Inclusive && value.Number == _top.Value));
}
