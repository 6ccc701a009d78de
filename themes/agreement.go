package themes

// Kappa is Cohen's kappa between two coders who each said yes or no to the same items: the agreement beyond what their rates
// of yes would give by chance. It is 1 when they agree on everything, and 0 when neither ever differs from chance; when
// both gave one and the same answer throughout, chance explains all and it is 1 by convention.
//
// Source: Cohen (1960), A coefficient of agreement for nominal scales.
func Kappa(a, b []bool) float64 {
	if len(a) != len(b) || len(a) == 0 {
		return 0
	}
	n := float64(len(a))
	same, yesA, yesB := 0.0, 0.0, 0.0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
		if a[i] {
			yesA++
		}
		if b[i] {
			yesB++
		}
	}
	observed := same / n
	chance := (yesA*yesB + (n-yesA)*(n-yesB)) / (n * n)
	if chance == 1 {
		return 1
	}
	return (observed - chance) / (1 - chance)
}
