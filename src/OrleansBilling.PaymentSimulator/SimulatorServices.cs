using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.PaymentSimulator.Book;
using OrleansBilling.PaymentSimulator.Http;

namespace OrleansBilling.PaymentSimulator;

internal static class SimulatorServices
{
    public static void AddSimulator(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBody.BytesMax);

        var services = builder.Services;
        services.AddOptions<SimulatorSettings>().BindConfiguration("Simulator").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, SimulatorJson.Default);
        });
        services.AddProblems();
        services.AddSingleton<PaymentBook>();
        services.AddHostedService(provider => provider.GetRequiredService<PaymentBook>());
        services.AddSingleton<BookReader>();
        services.AddSingleton<UnreliableLine>();
    }
}
