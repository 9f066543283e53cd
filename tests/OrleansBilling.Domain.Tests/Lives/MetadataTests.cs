using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Lives;

/// <summary>The caller's own key-value pairs are labels: they may change in every status and change nothing else.</summary>
public sealed class MetadataTests
{
    /// <summary>Active, without metadata.</summary>
    private static Timeline Active() => With(null);

    private static Timeline With(ImmutableSortedDictionary<string, string>? metadata)
    {
        var life = Given.Monthly().At("2024-01-31T10:00");
        return life.Tell((SubscriptionCommand.Subscribe)life.Subscription() with { Metadata = metadata });
    }

    private static string Shown(Timeline life) =>
        life.State.Metadata is { } metadata ? string.Join(' ', metadata.Select(pair => $"{pair.Key}={pair.Value}")) : "none";

    [Fact]
    public void A_change_sets_and_removes_what_it_names_and_leaves_the_rest()
    {
        var life = Active().Tell(Ask.Metadata(("tier", "gold"), ("crm", "7")), By.Seller);
        Assert.Equal(["MetadataChanged"], life.Happened);
        Assert.Equal("crm=7 tier=gold", Shown(life));

        life.Tell(Ask.Metadata(("tier", null), ("since", "2024"), ("crm", "8"), ("unknown", null)));
        Assert.Equal("crm=8 since=2024", Shown(life));
        Assert.Equal(life.State.Metadata, life.All<SubscriptionEvent.MetadataChanged>().Last().Metadata);
    }

    [Fact]
    public void What_is_given_at_the_start_is_changed_later()
    {
        var life = With(ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold").Add("crm", "7"));

        life.Tell(Ask.Metadata(("tier", "silver")));

        Assert.Equal("crm=7 tier=silver", Shown(life));
    }

    [Fact]
    public void Changes_of_different_names_that_saw_the_same_state_lose_nothing()
    {
        var life = Active().Tell(Ask.Metadata(("shared", "1")));
        var (one, other) = (Ask.Metadata(("one", "a"), ("shared", null)), Ask.Metadata(("other", "b")));

        life.Tell(one).Tell(other);

        Assert.Equal("one=a other=b", Shown(life));
    }

    [Fact]
    public void All_of_it_can_be_removed_and_then_it_is_as_if_it_never_was()
    {
        var life = Active();
        Assert.Null(life.Tell(Ask.Metadata(("tier", "gold"))).Tell(Ask.RemoveMetadata()).State.Metadata);
        Assert.Null(life.All<SubscriptionEvent.MetadataChanged>().Last().Metadata);
        Assert.Null(life.Tell(Ask.Metadata(("tier", "gold"))).Tell(Ask.Metadata(("tier", null))).State.Metadata);

        // What removes all others may still set some.
        life.Tell(Ask.Metadata(("a", "1"), ("b", "2")));
        life.Tell((SubscriptionCommand.ChangeMetadata)Ask.Metadata(("b", "3")) with { RemovesOthers = true });
        Assert.Equal("b=3", Shown(life));
    }

    [Fact]
    public void A_change_that_changes_nothing_makes_no_event_and_no_version()
    {
        var life = Active();
        var nothing = life.State.Version;
        life.Tell(Ask.RemoveMetadata()).Tell(Ask.Metadata()).Tell(Ask.Metadata(("tier", null)));
        Assert.Equal(nothing, life.State.Version);

        life.Tell(Ask.Metadata(("tier", "gold"), ("crm", "")));
        var labeled = life.State;
        life.Tell(Ask.Metadata(("tier", "gold"))).Tell(Ask.Metadata(("crm", ""), ("other", null)));
        Assert.Same(labeled, life.State);

        // Values differ by case, names too.
        life.Tell(Ask.Metadata(("tier", "Gold"))).Tell(Ask.Metadata(("Tier", "gold")));
        Assert.Equal(labeled.Version + 2, life.State.Version);
        Assert.Equal("Tier=gold crm= tier=Gold", Shown(life));
    }

    [Fact]
    public void The_limit_is_on_what_is_left_in_the_end()
    {
        var life = Active().Tell(Ask.Metadata([.. Enumerable.Range(0, 50).Select(n => ($"key-{n:00}", "v"))]));

        var refusal = life.Refuses(Ask.Metadata(("one_more", "v")), By.Seller);
        Assert.Equal(("too_long", RefusalKind.Invalid, "metadata"), (refusal.Code, refusal.Kind, refusal.Field));
        Assert.Contains($" {Subscription.MetadataPairsMax} ", refusal.Detail, StringComparison.Ordinal);

        life.Tell(Ask.Metadata(("one_more", "v"), ("key-07", null)));
        Assert.Equal(50, life.State.Metadata!.Count);
        life.Tell(Ask.Metadata(("key-08", "another")));
        Assert.Equal("another", life.State.Metadata["key-08"]);
    }

    public static TheoryData<string> Statuses => [.. InStatus.All.Keys];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void In_every_status_it_changes_and_nothing_else_does(string status)
    {
        var life = InStatus.All[status]();
        var before = life.State;

        life.Down = true;
        life.Tell(Ask.Metadata(("tier", "gold")), By.Seller);

        Assert.Equal(["MetadataChanged"], life.Happened);
        Assert.Equal("campaign=spring tier=gold", Shown(life));
        Assert.Equal(
            before, life.State with { Metadata = before.Metadata, Version = before.Version, UpdatedAt = before.UpdatedAt });
        Assert.Equal(DueWork.Next(before), DueWork.Next(life.State));
    }
}
