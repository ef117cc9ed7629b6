/* The leaky integrate-and-fire neuron in steps of one, as fast as a plain loop has it: what lif_forward.py measures
   against. `current` is (steps, neurons), row by row; it goes on from `voltage` and adds to `counts`. */
#include <stdint.h>

void count_spikes(const double *restrict current, double *restrict voltage, int64_t *restrict counts, int64_t steps,
                  int64_t neurons, double tau, double threshold)
{
    for (int64_t step = 0; step < steps; step++)
        for (int64_t n = 0; n < neurons; n++) {
            double reached = voltage[n] + (current[step * neurons + n] - voltage[n]) / tau;
            counts[n] += reached >= threshold;
            voltage[n] = reached >= threshold ? 0.0 : reached;
        }
}
