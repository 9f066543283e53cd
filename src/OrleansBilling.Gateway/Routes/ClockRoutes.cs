using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Business time, which a virtual clock lets move.</summary>
internal sealed class ClockRoutes(IQuarantine quarantine, VirtualTime? virtualTime = null) : IRouteGroup
{
    private const string Tag = "Clock";

    /// <summary>One advance works off ten years at most; a longer way takes several.</summary>
    private static readonly Duration AdvanceMax = Duration.FromDays(3_660);

    /// <summary>As many of those that were left out are named.</summary>
    private const int LeftOutMax = 100;

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/clock", Roles.Everyone, Get).Answers(200, typeof(ClockDocument)).Refuses(409)
            .Describe(Tag, "Shows what time it is for billing");
        api.Post("/v1/clock/advance", Roles.Administrator, GatewayJson.Default.ClockAdvanceBody, AdvanceAsync)
            .Answers(200, typeof(ClockAdvancedDocument))
                .Describe(Tag, "Moves a virtual clock, and does all that falls due on the way; whose work fails is left out, and named");
    }

    private ValueTask<IResult> Get(ApiCall call)
    {
        if (virtualTime is null) return new(Answers.Problem(NotVirtual));
        return new(
            Answers.Json(
                StatusCodes.Status200OK, new ClockDocument(virtualTime.Now, ClockMode.Virtual), GatewayJson.Default.ClockDocument));
    }

    private async ValueTask<IResult> AdvanceAsync(ApiCall call, ClockAdvanceBody body)
    {
        if (virtualTime is null) return Answers.Problem(NotVirtual);
        if (body.To < virtualTime.Now) return Answers.Problem(InPast);
        if (body.To > VirtualTime.Latest)
            return Answers.Problem(
                new ApiError(422, "out_of_range", "to must lie before the year 9900, so that what follows from it is still a date.", "to"));
        if (body.To > virtualTime.Now + AdvanceMax)
            return Answers.Problem(
                new ApiError(422, "out_of_range", "to must lie within 3,660 days; a longer way takes several advances.", "to"));
        try
        {
            await virtualTime.AdvanceAsync(body.To, call.Aborted);
        }
        catch (ArgumentOutOfRangeException) when (body.To < virtualTime.Now)
        {
            // Another advance overtook this one while it waited.
            return Answers.Problem(InPast);
        }

        var leftOut = await quarantine.ListAsync(null, LeftOutMax, call.Aborted);
        QuarantinedDocument[] named = [.. leftOut.Where(one => one.DueAt <= body.To).Select(QuarantinedDocument.From)];
        var advanced = new ClockAdvancedDocument(virtualTime.Now, named.Length == 0 ? null : named);
        return Answers.Json(StatusCodes.Status200OK, advanced, GatewayJson.Default.ClockAdvancedDocument);
    }

    private static ApiError NotVirtual =>
        new(409, "clock_not_virtual", "The clock is the machine's; only a virtual one is shown and moved here (Billing__Clock=virtual).");

    private static ApiError InPast => new(422, "to_in_past", "to must not lie before the present instant of the clock.", "to");
}
