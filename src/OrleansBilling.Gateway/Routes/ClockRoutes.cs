using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Shows business time, and advances it if the clock is virtual.</summary>
internal sealed class ClockRoutes(IQuarantine quarantine, VirtualTime? virtualTime = null) : IRouteGroup
{
    private const string Tag = "Clock";

    /// <summary>The longest advance of one request, about ten years. A longer one takes several requests.</summary>
    private static readonly Duration AdvanceMax = Duration.FromDays(3_660);

    /// <summary>How many skipped subscriptions the answer names at most.</summary>
    private const int LeftOutMax = 100;

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/clock", Roles.Everyone, Get).Named("clock_get").Answers(200, typeof(ClockDocument)).Refuses(409)
            .Describe(Tag, "Shows the business time");
        api.Post("/v1/clock/advance", Roles.Administrator, GatewayJson.Default.ClockAdvanceBody, AdvanceAsync)
            .Named("clock_advance").Answers(200, typeof(ClockAdvancedDocument))
                .Describe(Tag, "Advances a virtual clock and does all due work; subscriptions whose work fails are skipped and listed");
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
                new ApiError(422, "out_of_range", "to must be before the year 9900, so that dates computed from it stay valid.", "to"));
        if (body.To > virtualTime.Now + AdvanceMax)
            return Answers.Problem(
                new ApiError(422, "out_of_range", "to must be within 3,660 days; advance further in several requests.", "to"));
        try
        {
            await virtualTime.AdvanceAsync(body.To, call.Aborted);
        }
        catch (ArgumentOutOfRangeException) when (body.To < virtualTime.Now)
        {
            // While this request waited, another one advanced the clock past its time.
            return Answers.Problem(InPast);
        }

        var leftOut = await quarantine.ListAsync(null, LeftOutMax, call.Aborted);
        QuarantinedDocument[] named = [.. leftOut.Where(one => one.DueAt <= body.To).Select(QuarantinedDocument.From)];
        var advanced = new ClockAdvancedDocument(virtualTime.Now, named.Length == 0 ? null : named);
        return Answers.Json(StatusCodes.Status200OK, advanced, GatewayJson.Default.ClockAdvancedDocument);
    }

    private static ApiError NotVirtual =>
        new(409, "clock_not_virtual", "The clock is the machine's; only a virtual one can be shown and advanced (Billing__Clock=virtual).");

    private static ApiError InPast => new(422, "to_in_past", "to must not be before the clock's present time.", "to");
}
