namespace OrleansBilling.Domain.Tests.Access;

/// <summary>The origin of a cancellation comes from who is authenticated.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData(Role.Customer, CancellationOrigin.Customer)]
    [InlineData(Role.Seller, CancellationOrigin.Seller)]
    [InlineData(Role.Administrator, CancellationOrigin.Administrator)]
    [InlineData(Role.System, CancellationOrigin.System)]
    public void The_origin_is_the_callers_role_now_and_at_period_end(Role role, CancellationOrigin origin)
    {
        var caller = new Caller(role, role == Role.Customer ? "customer" : "seller");
        var now = Given.Monthly().At("2024-01-31T10:00").Subscribe().Tell(Ask.Cancel(), caller);
        var later = Given.Monthly().At("2024-01-31T10:00").Subscribe().Tell(Ask.CancelAtPeriodEnd(), caller).To("2024-03-01T00:00");

        Assert.Equal(origin, now.State.Cancellation!.Origin);
        Assert.Equal(origin, later.State.Cancellation!.Origin);
        Assert.Equal(origin != CancellationOrigin.System, now.State.Cancellation.Voluntary);
    }

    [Theory]
    [InlineData(CancellationOrigin.Customer)]
    [InlineData(CancellationOrigin.Seller)]
    [InlineData(CancellationOrigin.Administrator)]
    [InlineData(CancellationOrigin.System)]
    public void An_administrator_may_state_it_in_somebodys_name(CancellationOrigin origin)
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe().Tell(Ask.Cancel(origin: origin), By.Administrator);

        Assert.Equal(origin, life.State.Cancellation!.Origin);
    }

    [Fact]
    public void Nobody_else_may_state_it_not_even_their_own()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();

        foreach (var caller in new[] { By.Customer, By.Seller, By.System })
        {
            var refusal = life.Refuses(Ask.Cancel(origin: CancellationOrigin.Customer), caller);
            Assert.Equal(("origin_forbidden", RefusalKind.Forbidden, "origin"), (refusal.Code, refusal.Kind, refusal.Field));
        }
    }
}
